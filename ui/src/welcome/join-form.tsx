import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { statusQuery } from '@/api/queries';
import { rpc } from '@/api/rpc';
import { Button } from '@/components/button';
import { ProgressBar } from '@/components/progress';
import { FormField, TextInput } from '@/components/text-input';
import { m } from '@/paraglide/messages.js';
import { fetchedWords } from '@/shell/sync-words';
import { FormFrame } from './form-frame';
import { checkMember, MemberFields, NO_MEMBER } from './member-fields';
import { useEntering } from './use-entering';

/** Joins somebody's workspace: the link carries everything, and the whole workspace is fetched. */
export function JoinForm({ onBack }: { onBack: () => void }) {
  const [link, setLink] = useState('');
  const [member, setMember] = useState(NO_MEMBER);
  const { busy, wrong, setWrong, enter } = useEntering();
  // The engine tells it while it fetches; before that there is nothing to ask.
  const fetched = useQuery({ ...statusQuery(), enabled: false }).data?.fetched ?? null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = checkMember(member);
    if (link.trim() === '') found.link = m.welcome_wrong_link();
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    void enter(() =>
      rpc('join', {
        link: link.trim(),
        member_name: member.name.trim(),
        member_email: member.email.trim(),
        team: member.team,
      }),
    );
  };

  return (
    <FormFrame
      title={m.welcome_join()}
      lead={m.welcome_join_lead()}
      onBack={onBack}
      onSubmit={submit}
      error={wrong.form}
      action={
        <Button look="primary" type="submit" disabled={busy} className="h-8 px-4">
          {m.welcome_join_action()}
        </Button>
      }
    >
      <FormField label={m.welcome_link()} required error={wrong.link} hint={m.welcome_link_hint()}>
        {(props) => (
          <TextInput
            {...props}
            autoFocus
            value={link}
            placeholder="tandem://…"
            onChange={(event) => setLink(event.target.value)}
          />
        )}
      </FormField>
      <MemberFields member={member} wrong={wrong} onChange={setMember} />
      {busy && (
        <div className="flex flex-col gap-1.5">
          <ProgressBar label={m.welcome_fetching()} share={fetched && fetched.at / fetched.of} />
          <p role="status" className="text-quiet text-small">
            {m.welcome_fetching()}
          </p>
          {fetched !== null && <p className="numeric text-quiet text-small">{fetchedWords(fetched)}</p>}
        </div>
      )}
    </FormFrame>
  );
}
