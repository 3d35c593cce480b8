import { type ErrorComponentProps, useNavigate } from '@tanstack/react-router';
import { CircleAlert, Compass } from 'lucide-react';
import { Button } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { m } from '@/paraglide/messages.js';

/** In place of a screen that failed: nothing is lost, and there is a way on. */
export function BrokenScreen({ error, reset }: ErrorComponentProps) {
  return (
    <main role="alert" className="h-full">
      <EmptyState
        icon={<CircleAlert className="size-5" aria-hidden />}
        title={m.screen_broken()}
        actions={
          <Button look="primary" onClick={reset}>
            {m.action_try_again()}
          </Button>
        }
      >
        {m.screen_broken_hint({ what: error instanceof Error ? error.message : String(error) })}
      </EmptyState>
    </main>
  );
}

/** At an address that leads nowhere. */
export function MissingScreen() {
  const navigate = useNavigate();
  return (
    <EmptyState
      icon={<Compass className="size-5" aria-hidden />}
      title={m.screen_missing()}
      actions={
        <Button look="primary" onClick={() => void navigate({ to: '/today', search: {} })}>
          {m.screen_to_today()}
        </Button>
      }
    >
      {m.screen_missing_hint()}
    </EmptyState>
  );
}
