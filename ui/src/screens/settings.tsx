import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';

export function SettingsScreen() {
  return <Header title={m.nav_settings()} />;
}
