import { readFileSync } from 'node:fs';
import { expect, test } from './host';

const read = (language: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../messages/${language}.json`, import.meta.url), 'utf8'));

test('everything in the schema has a name in both languages', async ({ host }) => {
  await host.workspace();
  const { kinds, stages } = await host.rpc('schema');
  const keys = [
    ...stages.flatMap(({ name, phase }) => [`stage_${name}`, `phase_${phase}`]),
    ...kinds.flatMap(({ name: kind, fields }) => [
      `kind_${kind}`,
      `kind_${kind}_many`,
      ...fields.flatMap(({ name: field, type, options }) => [
        `field_${kind}_${field}`,
        ...options.map((option) =>
          type === 'roles'
            ? `role_${option}`
            : field === 'stage'
              ? `stage_${option}`
              : `option_${kind}_${field}_${option}`,
        ),
      ]),
    ]),
  ];
  for (const language of ['en', 'de']) {
    const catalogue = read(language);
    expect(
      keys.filter((key) => !(key in catalogue)),
      language,
    ).toEqual([]);
  }
});
