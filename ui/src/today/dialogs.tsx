import { ContactDialog } from '@/contact/contact-dialog';
import { ReturnDialog } from '@/journey/return-dialog';
import { StepDialog } from '@/journey/step-dialog';
import { leadOf } from './actions';
import { AskDialog } from './ask-dialog';
import { MoveDialog } from './move-dialog';
import { OfferDialog } from './offer-dialog';
import { SettleDialog } from './settle-dialog';
import type { Asking } from './use-act';

const DIALOGS = {
  return: ReturnDialog,
  offer: OfferDialog,
  qualify: AskDialog,
  log: ContactDialog,
  step: StepDialog,
  settle: SettleDialog,
  move: MoveDialog,
};

/** Asks what an action needs to know. */
export function Dialogs({
  asking,
  onClose,
  onDone,
}: {
  asking: Asking | null;
  onClose: () => void;
  onDone: () => void;
}) {
  const lead = asking === null ? null : leadOf(asking.item);
  if (asking === null || lead === null) return null;
  const Dialog = DIALOGS[asking.what];
  return (
    <Dialog
      key={`${asking.what} ${lead.id}`}
      id={lead.id}
      title={lead.title}
      onClose={onClose}
      onDone={() => {
        onClose();
        onDone();
      }}
    />
  );
}
