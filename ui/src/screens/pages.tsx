import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';

export function PagesScreen() {
  return <Header title={m.kind_page_many()} />;
}
