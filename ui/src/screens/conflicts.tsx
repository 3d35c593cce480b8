import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';

export function ConflictsScreen() {
  return <Header title={m.nav_conflicts()} />;
}
