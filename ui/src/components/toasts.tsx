import { Toast } from '@base-ui/react/toast';
import { CircleAlert, X } from 'lucide-react';
import { m } from '@/paraglide/messages.js';
import { toasts } from '@/state/toasts';
import { IconButton } from './button';

function ToastList() {
  const { toasts: shown } = Toast.useToastManager();
  return shown.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      className="floating pointer-events-auto flex max-w-[520px] items-start gap-3 py-2 pr-2 pl-3 transition-all duration-150 data-[ending-style]:translate-y-2 data-[starting-style]:translate-y-2 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0"
    >
      {(toast.type === 'error' || toast.type === 'notice') && (
        <CircleAlert className="mt-1.5 size-4 shrink-0 text-danger" aria-hidden />
      )}
      <div className="min-w-0 flex-1 py-1">
        <Toast.Title className="font-medium" />
        <Toast.Description className="selectable text-quiet text-small" />
      </div>
      <Toast.Action className="h-7 shrink-0 rounded-control px-2 font-medium text-accent hover:bg-hover empty:hidden" />
      <Toast.Close render={<IconButton label={m.action_dismiss()} icon={<X className="size-3.5" />} />} />
    </Toast.Root>
  ));
}

/** Where toasts appear: at the foot, over everything, without taking the focus. */
export function Toasts() {
  return (
    <Toast.Provider toastManager={toasts} limit={4}>
      <Toast.Portal>
        <Toast.Viewport
          aria-label={m.label_notifications()}
          className="pointer-events-none fixed right-4 bottom-11 z-60 flex w-max max-w-full flex-col items-end gap-2"
        >
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
