import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useRouter } from '@tanstack/react-router';
import { ArrowLeft, BookOpenCheck } from 'lucide-react';
import { useEffect } from 'react';
import { recordQuery } from '@/api/queries';
import { useKind } from '@/api/schema';
import { Button, IconButton } from '@/components/button';
import { EmptyState } from '@/components/empty-state';
import { kindLabel } from '@/i18n/labels';
import { useShortcut } from '@/keys/use-shortcut';
import { RecordActions, RecordBody } from '@/panel/record-panel';
import { useOpenRecord } from '@/panel/use-open-record';
import { m } from '@/paraglide/messages.js';
import { Header } from '@/shell/header';
import { failureText } from '@/state/toasts';
import { useWindow } from '@/state/window';

/** A record on a page of its own. */
export function RecordScreen() {
  const { id } = useParams({ from: '/record/$id' });
  const { data: record, error } = useQuery(recordQuery(id));
  const kind = useKind(record?.kind ?? '');
  const router = useRouter();
  const navigate = useNavigate();
  const back = () => {
    if (router.history.canGoBack()) router.history.back();
    else void navigate({ to: record ? `/list/${record.kind}` : '/today', search: {} });
  };
  useShortcut('close_panel', back);
  const { openBrief, dialog } = useOpenRecord(record);
  useEffect(() => {
    if (record === undefined) return;
    useWindow.setState({
      focus: { kind: record.kind, record: { id: record.id, title: record.title }, selected: [] },
    });
    return () => useWindow.setState({ focus: null });
  }, [record]);
  return (
    <>
      <Header
        title={record === undefined ? m.label_record() : kindLabel(record.kind)}
        actions={
          <>
            {openBrief !== null && (
              <Button icon={<BookOpenCheck className="size-3.5" aria-hidden />} onClick={openBrief}>
                {m.key_brief()}
              </Button>
            )}
            {record && <RecordActions record={record} onDone={back} />}
            <IconButton
              label={m.action_back()}
              shortcut="close_panel"
              icon={<ArrowLeft className="size-4" />}
              onClick={back}
            />
          </>
        }
      />
      {error !== null && <EmptyState title={failureText(error)} />}
      {record !== undefined && kind !== undefined && (
        <div className="min-h-0 flex-1 overflow-y-auto" key={record.id}>
          <RecordBody record={record} kind={kind} wide />
        </div>
      )}
      {dialog}
    </>
  );
}
