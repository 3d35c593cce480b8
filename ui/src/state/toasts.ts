import { Toast } from '@base-ui/react/toast';
import { ApiFailure } from '@/api/rpc';
import type { Notice } from '@/api/types';
import { message } from '@/i18n/labels';
import { asSentence, remarkText } from '@/i18n/remarks';
import { m } from '@/paraglide/messages.js';

export const toasts = Toast.createToastManager();

/** Says that something was done, with a way back. What has a name can be taken away by it. */
export function say(
  title: string,
  options: { name?: string; description?: string; undo?: () => void } = {},
): void {
  const id = toasts.add({
    title,
    ...(options.name === undefined ? {} : { id: options.name }),
    ...(options.description === undefined ? {} : { description: options.description }),
    timeout: 6000,
    ...(options.undo === undefined
      ? {}
      : {
          actionProps: {
            children: m.action_undo(),
            onClick: () => {
              toasts.close(id);
              options.undo?.();
            },
          },
        }),
  });
}

/** What a failure means, in words: ours where the catalogue knows what is said or the code, else the engine's. */
export function failureText(cause: unknown): string {
  if (cause instanceof ApiFailure) {
    const remark = cause.remark === null ? undefined : remarkText(cause.remark);
    return remark === undefined
      ? (message(`error_${cause.code}`) ?? (cause.message || m.error_internal()))
      : asSentence(remark);
  }
  return m.error_internal();
}

/** Says what went wrong; it stays until it has been read. */
export function complain(cause: unknown): void {
  // Where everything is said in the reader's language, the engine's English adds nothing.
  const detail = cause instanceof ApiFailure && cause.remark === null ? cause.message : '';
  const title = failureText(cause);
  toasts.add({
    title,
    ...(detail !== '' && detail !== title ? { description: detail } : {}),
    type: 'error',
    priority: 'high',
    timeout: 0,
  });
}

/** What the engine noticed, in the reader's language where the catalogue knows it, else in its own words. */
export function noticeText({ code, message: english, remark }: Notice): string {
  const said = remark === undefined ? message(`error_${code}`) : remarkText(remark);
  return said === undefined ? english : asSentence(said);
}

export function showNotice(notice: Notice): void {
  const title = noticeText(notice);
  // A failure's own words say more than its code does.
  const detail = notice.remark === undefined && notice.message !== title ? notice.message : '';
  toasts.add({
    title,
    ...(detail === '' ? {} : { description: detail }),
    type: 'notice',
    priority: 'high',
    timeout: 0,
  });
}
