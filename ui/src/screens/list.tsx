import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';

export function ListScreen() {
  return <Header title={m.nav_pipeline()} />;
}
