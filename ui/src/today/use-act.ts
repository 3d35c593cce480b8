import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { sayDone, useEdit } from '@/api/actions';
import type { QueueItem } from '@/api/types';
import { useOnce } from '@/components/use-once';
import { accept, act } from '@/journey/actions';
import { useTakeUp } from '@/journey/nurture';
import { m } from '@/paraglide/messages.js';
import { isoDay } from '@/records/parse';
import { type Action, leadOf } from './actions';

/** What needs an answer before it can be done. */
export type Asking = {
  what: 'return' | 'offer' | 'qualify' | 'log' | 'step' | 'settle' | 'move';
  item: QueueItem;
};

/** Does what a key or a click asks of a line; `onDone` once it is done. */
export function useAct(onDone: () => void) {
  const navigate = useNavigate();
  const edit = useEdit();
  const takeUp = useTakeUp();
  const [asking, setAsking] = useState<Asking | null>(null);
  const finished = (done: boolean) => done && onDone();

  const { start: finishTask } = useOnce(
    ({ id, title }: QueueItem) =>
      edit
        .mutateAsync({ kind: 'task', ids: [id], fields: { done_on: isoDay(new Date()) } })
        .then(({ change }) => {
          sayDone(m.said_done({ title }), change);
          onDone();
        })
        .catch(() => undefined), // It has been said already.
  );

  const perform = (item: QueueItem, action: Action) => {
    const { id, title } = item;
    const lead = { id, reason: null };
    switch (action) {
      case 'accept':
        return void accept({ id, title }, onDone);
      case 'claim':
        return void act('claim', lead, m.said_claimed({ title })).then(finished);
      case 'onboard':
        return void act('onboard', lead, m.said_onboarding({ title })).then(finished);
      case 'renew':
        return void act('renew', lead, m.said_renewal({ title })).then(finished);
      case 'take_up':
        return takeUp({ id, title }, onDone);
      case 'done':
        return finishTask(item);
      case 'brief': {
        const about = leadOf(item);
        if (about !== null) void navigate({ to: '/brief/$id', params: { id: about.id }, search: {} });
        return;
      }
      default:
        return setAsking({ what: action, item });
    }
  };
  return { asking, perform, stopAsking: () => setAsking(null) };
}
