import { useParams } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useKind } from '@/api/schema';
import { Button, RoomyLabel } from '@/components/button';
import { kindInSentence, kindsLabel } from '@/i18n/labels';
import { WithPanel } from '@/panel/with-panel';
import { m } from '@/paraglide/messages.js';
import { RecordList } from '@/records/record-list';
import { useView } from '@/records/use-view';
import { ViewTabs } from '@/records/view-tabs';
import { ListActions } from '@/sharing/list-actions';
import { Header } from '@/shell/header';
import { useWindow } from '@/state/window';

/** The records of one kind. */
export function ListScreen() {
  const { kind: name } = useParams({ from: '/list/$kind' });
  const kind = useKind(name);
  const { views, view, changed, onView, onReset } = useView(name);
  const create = useWindow((state) => state.create);
  return (
    <WithPanel>
      <Header
        title={kindsLabel(name)}
        actions={
          <>
            <ListActions kind={name} />
            <Button
              look="primary"
              icon={<Plus className="size-3.5" aria-hidden />}
              onClick={() => create(name)}
            >
              <RoomyLabel>{m.action_new({ kind: kindInSentence(name) })}</RoomyLabel>
            </Button>
          </>
        }
      >
        <ViewTabs kind={name} views={views} view={view} changed={changed} onReset={onReset} />
      </Header>
      {kind !== undefined && <RecordList key={name} kind={kind} view={view} onView={onView} />}
    </WithPanel>
  );
}
