import { Monitor, Moon, Sun } from 'lucide-react';
import { useApp } from '@/api/queries';
import { Segmented } from '@/components/segmented';
import { type Language, language } from '@/i18n/locale';
import { m } from '@/paraglide/messages.js';
import { useSetPreferences } from '@/state/preferences';

/** Languages name themselves. */
const LANGUAGES: { value: Language; label: string; short: string }[] = [
  { value: 'en', label: 'English', short: 'EN' },
  { value: 'de', label: 'Deutsch', short: 'DE' },
];

export function LanguageSwitch({ long = false }: { long?: boolean }) {
  const set = useSetPreferences();
  return (
    <Segmented
      label={m.settings_language()}
      value={language()}
      options={LANGUAGES.map((one) => ({ ...one, short: long ? one.label : one.short }))}
      onChange={(value) => set({ language: value })}
    />
  );
}

export function ThemeSwitch({ long = false }: { long?: boolean }) {
  const theme = useApp()?.preferences.theme ?? 'system';
  const set = useSetPreferences();
  const option = (value: string, label: string, Icon: typeof Sun) => ({
    value,
    label,
    icon: <Icon className="size-3.5" aria-hidden />,
    ...(long ? { short: label } : {}),
  });
  return (
    <Segmented
      label={m.settings_theme()}
      value={theme}
      options={[
        option('light', m.theme_light(), Sun),
        option('dark', m.theme_dark(), Moon),
        option('system', m.theme_system(), Monitor),
      ]}
      onChange={(value) => set({ theme: value === 'system' ? undefined : value } as { theme?: string })}
    />
  );
}
