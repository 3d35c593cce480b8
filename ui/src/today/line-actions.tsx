import {
  ArrowRight,
  BookOpenCheck,
  CalendarPlus,
  CircleHelp,
  Hand,
  type LucideIcon,
  RefreshCcw,
  Rocket,
  RotateCcw,
  Scale,
  Send,
  SquareCheck,
  StickyNote,
  ThumbsUp,
  Undo2,
} from 'lucide-react';
import { shortcut } from '@/keys/registry';
import { useRecordAction } from '@/palette/record-actions';
import { ACTIONS, type Action, actionLabel } from './actions';

const ICONS: Record<Action, LucideIcon> = {
  accept: ThumbsUp,
  return: Undo2,
  claim: Hand,
  offer: Send,
  qualify: CircleHelp,
  log: StickyNote,
  step: CalendarPlus,
  settle: Scale,
  brief: BookOpenCheck,
  done: SquareCheck,
  onboard: Rocket,
  renew: RefreshCcw,
  take_up: RotateCcw,
  move: ArrowRight,
};

function Offered({ action, onAct }: { action: Action; onAct: (action: Action) => void }) {
  useRecordAction({
    id: action,
    label: actionLabel(action),
    icon: ICONS[action],
    shortcut: ACTIONS[action],
    words: shortcut(ACTIONS[action]).label(),
    run: () => onAct(action),
  });
  return null;
}

/** Offers in the palette what can be done about the line under the cursor. */
export function LineActions({ actions, onAct }: { actions: Action[]; onAct: (action: Action) => void }) {
  return actions.map((action) => <Offered key={action} action={action} onAct={onAct} />);
}
