import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';

export function HistoryScreen() {
  return <Header title={m.nav_history()} />;
}
