import { Upload, UserPlus } from 'lucide-react';
import { Button, IconButton } from '@/components/button';
import { m } from '@/paraglide/messages.js';
import { useWindow } from '@/state/window';

/** What brings records of a kind in besides making one: importing a file, and for members an invite. */
export function ListActions({ kind }: { kind: string }) {
  if (kind === 'member') {
    return (
      <Button
        icon={<UserPlus className="size-3.5" aria-hidden />}
        onClick={() => useWindow.setState({ inviting: true })}
      >
        {m.action_invite()}
      </Button>
    );
  }
  return (
    <IconButton
      label={m.action_import()}
      shortcut="import"
      icon={<Upload className="size-4" aria-hidden />}
      onClick={() => useWindow.setState({ importing: { kind } })}
    />
  );
}
