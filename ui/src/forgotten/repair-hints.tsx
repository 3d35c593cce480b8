import type { ReactNode } from 'react';
import { Keys } from '@/components/keys';
import { m } from '@/paraglide/messages.js';

const Hint = ({ keys, children }: { keys: string; children: ReactNode }) => (
  <span className="inline-flex shrink-0 items-center gap-1.5 px-1">
    <Keys keys={keys} /> {children}
  </span>
);

/** What the keys do in the list; `?` has them all. */
export function RepairHints() {
  return (
    <footer className="flex h-9 shrink-0 flex-wrap content-start items-center gap-x-1 overflow-hidden border-line border-t bg-canvas px-3 text-quiet text-small *:h-9">
      <Hint keys="j k">{m.today_hint_move()}</Hint>
      <Hint keys="enter">{m.today_hint_open()}</Hint>
      <Hint keys="?">{m.today_hint_all()}</Hint>
      <Hint keys="e">{m.forgotten_hint_repair()}</Hint>
      <Hint keys="arrowleft arrowright">{m.forgotten_hint_cells()}</Hint>
      <Hint keys="n">{m.today_do_step()}</Hint>
      <Hint keys="l">{m.today_do_log()}</Hint>
    </footer>
  );
}
