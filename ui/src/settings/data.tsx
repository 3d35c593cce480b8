import { CircleAlert, CircleCheck, Download, ShieldCheck, Upload } from 'lucide-react';
import { useState } from 'react';
import { rpc } from '@/api/rpc';
import { useSchema } from '@/api/schema';
import type { VerifyReport } from '@/api/types';
import { Button } from '@/components/button';
import { Segmented } from '@/components/segmented';
import { Select } from '@/components/select';
import { number } from '@/i18n/format';
import { kindsLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';
import { platform } from '@/platform';
import { complain, noticeText, say } from '@/state/toasts';
import { useWindow } from '@/state/window';
import { Section } from './section';

function Found({ report }: { report: VerifyReport }) {
  const Icon = report.clean ? CircleCheck : CircleAlert;
  return (
    <div role="status" className="flex gap-2.5 rounded-panel border border-line p-3">
      <Icon
        className={report.clean ? 'size-4.5 shrink-0 text-service' : 'size-4.5 shrink-0 text-danger'}
        aria-hidden
      />
      <div className="min-w-0">
        <p className="font-medium">{report.clean ? m.verify_clean() : m.verify_problems()}</p>
        <p className="numeric text-quiet">
          {m.verify_counts({ changes: number(report.changes), records: number(report.records) })}
        </p>
        <p className="selectable text-quiet">{m.verify_fingerprint({ word: report.fingerprint })}</p>
        {report.noticed.map((notice) => (
          <p key={notice.code} className="selectable mt-1">
            {noticeText(notice)}
          </p>
        ))}
        {report.problems.length > 0 && (
          <ul className="selectable mt-2 list-disc pl-4">
            {report.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function Verify() {
  const [report, setReport] = useState<VerifyReport | null>(null);
  const [busy, setBusy] = useState(false);
  const check = async () => {
    setBusy(true);
    try {
      setReport(await rpc('verify'));
    } catch (cause) {
      complain(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div>
        <Button
          disabled={busy}
          icon={<ShieldCheck className="size-3.5" aria-hidden />}
          onClick={() => void check()}
        >
          {busy ? m.verify_running() : m.verify_action()}
        </Button>
      </div>
      {report !== null && <Found report={report} />}
    </>
  );
}

type Format = 'csv' | 'json';
const TYPES: Record<Format, string> = { csv: 'text/csv;charset=utf-8', json: 'application/json' };

function Export() {
  const { kinds } = useSchema();
  const [kind, setKind] = useState('opportunity');
  const [format, setFormat] = useState<Format>('csv');
  const save = async () => {
    try {
      const exported = await rpc('export', { kind, format });
      await platform.saveText(`${kindsLabel(kind)}.${format}`, exported.text ?? '', TYPES[format]);
      say(m.export_done({ count: exported.records }));
    } catch (cause) {
      complain(cause);
    }
  };
  return (
    <div className="flex items-center gap-2">
      <Select
        compact
        label={m.export_what()}
        value={kind}
        onChange={setKind}
        options={kinds
          .filter((one) => one.name !== 'view')
          .map((one) => ({ value: one.name, label: kindsLabel(one.name) }))}
      />
      <Segmented<Format>
        label={m.export_format()}
        value={format}
        options={[
          { value: 'csv', label: 'CSV' },
          { value: 'json', label: 'JSON' },
        ]}
        onChange={setFormat}
      />
      <Button icon={<Download className="size-3.5" aria-hidden />} onClick={() => void save()}>
        {m.export_action()}
      </Button>
    </div>
  );
}

/** Bringing data in, taking it out, and checking that nothing is damaged. */
export function DataSettings() {
  return (
    <>
      <Section title={m.settings_data()} lead={m.settings_data_lead()}>
        <div>
          <Button
            icon={<Upload className="size-3.5" aria-hidden />}
            onClick={() => useWindow.setState({ importing: { kind: null } })}
          >
            {m.action_import()}
          </Button>
        </div>
        <Export />
      </Section>
      <Section title={m.settings_verify()} lead={m.settings_verify_lead()}>
        <Verify />
      </Section>
    </>
  );
}
