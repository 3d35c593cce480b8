import type { Brief } from '@/api/types';
import { questionText, ruleName } from '@/i18n/rule-names';
import { m } from '@/paraglide/messages.js';
import { None, Part } from './section';

/** What nobody knows yet, as the question that would tell; what changes most stands first. */
export function Unknown({ brief }: { brief: Brief }) {
  const questions = [...brief.unknown].sort((a, b) => b.gain - a.gain);
  return (
    <Part title={m.brief_unknown()} count={questions.length}>
      {questions.length === 0 && <None>{m.brief_all_known()}</None>}
      <ul className="flex flex-col gap-1.5">
        {questions.map(({ criterion, question, gain }) => (
          <li key={criterion.id}>
            <p className="font-medium">{questionText(criterion.key, question)}</p>
            <p className="text-quiet text-small">
              {[ruleName('criterion', criterion), gain > 0 ? m.brief_gain({ gain }) : '']
                .filter((part) => part !== '')
                .join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    </Part>
  );
}
