import { useNavigate } from '@tanstack/react-router';
import { BookOpenCheck, CalendarPlus, StickyNote } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { RecordInfo } from '@/api/types';
import { StepDialog } from '@/journey/step-dialog';
import { useOpenRecordName, useRecordAction } from '@/palette/record-actions';
import { m } from '@/paraglide/messages.js';

/** What can be done with whichever record is open, beside a list or on its own: log, plan, read the brief. */
export function useOpenRecord(record: RecordInfo | undefined): {
  /** Of an opportunity, opens what to know before the next contact. */
  openBrief: (() => void) | null;
  dialog: ReactNode;
} {
  const navigate = useNavigate();
  const [planning, setPlanning] = useState(false);
  const isLead = record?.kind === 'opportunity';
  useOpenRecordName(record);
  const openBrief = () => void navigate({ to: '/brief/$id', params: { id: record?.id ?? '' }, search: {} });
  useRecordAction(
    {
      id: 'log',
      label: m.key_log_note(),
      icon: StickyNote,
      shortcut: 'log_note',
      run: () => document.getElementById('log-activity')?.focus(),
    },
    record !== undefined,
  );
  useRecordAction(
    {
      id: 'step',
      label: m.key_set_step(),
      icon: CalendarPlus,
      shortcut: 'set_step',
      run: () => setPlanning(true),
    },
    isLead,
  );
  useRecordAction(
    { id: 'brief', label: m.key_brief(), icon: BookOpenCheck, shortcut: 'brief', run: openBrief },
    isLead,
  );
  return {
    openBrief: isLead ? openBrief : null,
    dialog: planning && record !== undefined && (
      <StepDialog id={record.id} title={record.title} onClose={() => setPlanning(false)} />
    ),
  };
}
