import { Keys } from '@/components/keys';
import { m } from '@/paraglide/messages.js';
import { type Action, actionLabel, keyOf } from './actions';

/** What the keys do on the line under the cursor; `?` has them all. */
export function KeyHints({ actions, onAct }: { actions: Action[]; onAct: (action: Action) => void }) {
  return (
    <footer className="flex h-9 shrink-0 flex-wrap content-start items-center gap-x-1 overflow-hidden border-line border-t bg-canvas px-3 text-quiet text-small *:h-9">
      <span className="inline-flex shrink-0 items-center gap-1.5 px-1">
        <Keys keys="j k" /> {m.today_hint_move()}
      </span>
      <span className="inline-flex shrink-0 items-center gap-1.5 px-1">
        <Keys keys="enter" /> {m.today_hint_open()}
      </span>
      <span className="inline-flex shrink-0 items-center gap-1.5 px-1">
        <Keys keys="?" /> {m.today_hint_all()}
      </span>
      {actions.map((action) => (
        <button
          key={action}
          type="button"
          // The list keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onAct(action)}
          className="inline-flex shrink-0 items-center gap-1.5 rounded-control px-1 hover:bg-hover hover:text-text"
        >
          <Keys keys={keyOf(action)} /> {actionLabel(action)}
        </button>
      ))}
    </footer>
  );
}
