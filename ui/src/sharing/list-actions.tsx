import { useNavigate } from '@tanstack/react-router';
import { CalendarOff, Upload, UserPlus } from 'lucide-react';
import { Button, IconButton, RoomyLabel } from '@/components/button';
import { m } from '@/paraglide/messages.js';
import { useWindow } from '@/state/window';

/** What brings records of a kind in besides making one: importing a file; for members an invite, and when they are away. */
export function ListActions({ kind }: { kind: string }) {
  const navigate = useNavigate();
  if (kind === 'member') {
    return (
      <>
        <Button
          icon={<CalendarOff className="size-3.5" aria-hidden />}
          onClick={() => void navigate({ to: '/list/$kind', params: { kind: 'absence' }, search: {} })}
        >
          <RoomyLabel>{m.kind_absence_many()}</RoomyLabel>
        </Button>
        <Button
          icon={<UserPlus className="size-3.5" aria-hidden />}
          onClick={() => useWindow.setState({ inviting: true })}
        >
          <RoomyLabel>{m.action_invite()}</RoomyLabel>
        </Button>
      </>
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
