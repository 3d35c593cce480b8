import { useApp } from '@/api/queries';
import { Segmented } from '@/components/segmented';
import { m } from '@/paraglide/messages.js';
import { type Density, useDensity } from '@/state/density';
import { LanguageSwitch, ThemeSwitch } from '@/welcome/preference-switches';
import { Section, Setting } from './section';

/** Preferences of this machine. */
export function GeneralSettings() {
  const [density, setDensity] = useDensity();
  return (
    <Section title={m.settings_general()} lead={m.settings_general_lead()}>
      <Setting label={m.settings_language()}>
        <LanguageSwitch long />
      </Setting>
      <Setting label={m.settings_theme()}>
        <ThemeSwitch long />
      </Setting>
      <Setting label={m.settings_density()}>
        <Segmented<Density>
          label={m.settings_density()}
          value={density}
          options={[
            { value: 'compact', label: m.density_compact() },
            { value: 'comfortable', label: m.density_comfortable() },
          ]}
          onChange={setDensity}
        />
      </Setting>
    </Section>
  );
}

/** Which Tandem this is. */
export function About() {
  const app = useApp();
  return (
    <Section title={m.settings_about()}>
      <p>{m.settings_version({ version: app?.version ?? '' })}</p>
      <p className="text-quiet">{m.settings_about_text()}</p>
    </Section>
  );
}
