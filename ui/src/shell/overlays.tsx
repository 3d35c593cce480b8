import { DropTarget } from '@/import/drop-target';
import { ImportDialog } from '@/import/import-dialog';
import { ImportProgress } from '@/import/import-progress';
import { AcceptDialog } from '@/journey/accept-dialog';
import { ExitDialog } from '@/journey/exit-dialog';
import { Guard } from '@/journey/guard';
import { InviteDialog } from '@/sharing/invite-dialog';

/** Dialogs that any screen may open through {@link useWindow}: importing a file, inviting somebody. */
export function Overlays() {
  return (
    <>
      <DropTarget />
      <ImportDialog />
      <ImportProgress />
      <InviteDialog />
      <ExitDialog />
      <Guard />
      <AcceptDialog />
    </>
  );
}
