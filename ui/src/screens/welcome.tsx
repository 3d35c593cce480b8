import { ChevronRight, FolderOpen, Link2, type LucideIcon, Plus, Sparkle } from 'lucide-react';
import { useState } from 'react';
import { useApp } from '@/api/queries';
import { rpc } from '@/api/rpc';
import { Mark } from '@/components/mark';
import { m } from '@/paraglide/messages.js';
import { JoinForm } from '@/welcome/join-form';
import { LanguageSwitch, ThemeSwitch } from '@/welcome/preference-switches';
import { StartForm } from '@/welcome/start-form';
import { useEntering } from '@/welcome/use-entering';

function Way({
  icon: Icon,
  title,
  lead,
  disabled,
  onChoose,
}: {
  icon: LucideIcon;
  title: string;
  lead: string;
  disabled: boolean;
  onChoose: () => void;
}) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={onChoose}
      className="group flex w-full items-center gap-3.5 px-4 py-3.5 text-left transition-colors first:rounded-t-panel last:rounded-b-panel hover:bg-hover"
    >
      <span className="flex size-9 shrink-0 items-center justify-center rounded-panel bg-accent-soft text-accent">
        <Icon className="size-4.5" aria-hidden />
      </span>
      <span className="min-w-0 flex-1">
        <span className="block font-semibold">{title}</span>
        <span className="block text-quiet">{lead}</span>
      </span>
      <ChevronRight
        className="size-4 shrink-0 text-quiet transition-transform group-hover:translate-x-0.5"
        aria-hidden
      />
    </button>
  );
}

function Ways({ onForm }: { onForm: (form: 'start' | 'join') => void }) {
  const recent = useApp()?.recent ?? [];
  const { busy, wrong, enter } = useEntering();
  return (
    <>
      <div className="divide-y divide-line rounded-panel bg-raised shadow-card">
        <Way
          icon={Sparkle}
          title={m.welcome_sample()}
          lead={m.welcome_sample_lead()}
          disabled={busy}
          onChoose={() => void enter(() => rpc('open_sample'))}
        />
        <Way
          icon={Plus}
          title={m.welcome_start()}
          lead={m.welcome_start_short()}
          disabled={busy}
          onChoose={() => onForm('start')}
        />
        <Way
          icon={Link2}
          title={m.welcome_join()}
          lead={m.welcome_join_short()}
          disabled={busy}
          onChoose={() => onForm('join')}
        />
      </div>
      {wrong.form !== undefined && (
        <p role="alert" className="selectable mt-3 rounded-control bg-danger-soft px-3 py-2 text-danger">
          {wrong.form}
        </p>
      )}
      {recent.length > 0 && (
        <section className="mt-6" aria-labelledby="recent">
          <h2 id="recent" className="caps mb-1 px-2">
            {m.welcome_recent()}
          </h2>
          <ul>
            {recent.slice(0, 5).map((one) => (
              <li key={one.path}>
                <button
                  type="button"
                  disabled={busy}
                  onClick={() => void enter(() => rpc('open', { path: one.path }))}
                  className="flex h-8 w-full items-center gap-2.5 rounded-control px-2 text-left hover:bg-hover"
                >
                  <FolderOpen className="size-4 shrink-0 text-quiet" aria-hidden />
                  <span className="shrink-0 truncate font-medium">{one.name}</span>
                  <span className="min-w-0 flex-1 truncate text-right text-quiet text-small">{one.path}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** The first screen: no workspace is open. */
export function WelcomeScreen() {
  const [form, setForm] = useState<'start' | 'join' | null>(null);
  const back = () => setForm(null);
  return (
    <div className="flex h-full flex-col overflow-y-auto bg-canvas">
      <header className="flex h-15 shrink-0 items-center justify-end gap-2 px-4">
        {form !== null && (
          <div className="mr-auto flex items-center gap-2.5">
            <Mark className="-m-0.5 size-8" />
            <h1 className="font-semibold text-head">{m.app_name()}</h1>
          </div>
        )}
        <LanguageSwitch />
        <ThemeSwitch />
      </header>
      <main className="mx-auto my-auto w-[520px] max-w-full px-4 pb-6">
        {form === null && (
          <div className="mb-6 flex items-center gap-3.5">
            <Mark className="-m-0.5 size-12" />
            <div>
              <h1 className="font-semibold text-title">{m.app_name()}</h1>
              <p className="text-quiet">{m.welcome_claim()}</p>
            </div>
          </div>
        )}
        {form === 'start' && <StartForm onBack={back} />}
        {form === 'join' && <JoinForm onBack={back} />}
        {form === null && <Ways onForm={setForm} />}
      </main>
    </div>
  );
}
