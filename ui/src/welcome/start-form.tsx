import { type FormEvent, useState } from 'react';
import { rpc } from '@/api/rpc';
import { Button } from '@/components/button';
import { FormField, TextInput } from '@/components/text-input';
import { m } from '@/paraglide/messages.js';
import { FormFrame } from './form-frame';
import { checkMember, MemberFields, NO_MEMBER } from './member-fields';
import { useEntering } from './use-entering';

/** Begins a workspace of one's own. */
export function StartForm({ onBack }: { onBack: () => void }) {
  const [name, setName] = useState('');
  const [member, setMember] = useState(NO_MEMBER);
  const [relay, setRelay] = useState('');
  const { busy, wrong, setWrong, enter } = useEntering();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = checkMember(member);
    if (name.trim() === '') found.name = m.welcome_wrong_name();
    if (relay.trim() !== '' && !/^wss?:\/\/\S+$/.test(relay.trim())) found.relay = m.error_bad_relay_url();
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    void enter(() =>
      rpc('start', {
        name: name.trim(),
        member_name: member.name.trim(),
        member_email: member.email.trim(),
        team: member.team,
        relay: relay.trim() || null,
      }),
    );
  };

  return (
    <FormFrame
      title={m.welcome_start()}
      lead={m.welcome_start_lead()}
      onBack={onBack}
      onSubmit={submit}
      error={wrong.form}
      action={
        <Button look="primary" type="submit" disabled={busy} className="h-8 px-4">
          {m.welcome_start_action()}
        </Button>
      }
    >
      <FormField label={m.welcome_name()} required error={wrong.name}>
        {(props) => (
          <TextInput
            {...props}
            autoFocus
            value={name}
            placeholder={m.welcome_name_example()}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </FormField>
      <MemberFields member={member} wrong={wrong} onChange={setMember} />
      <FormField label={m.welcome_relay()} hint={m.welcome_relay_hint()} error={wrong.relay}>
        {(props) => (
          <TextInput
            {...props}
            value={relay}
            placeholder="wss://relay.example.com"
            onChange={(event) => setRelay(event.target.value)}
          />
        )}
      </FormField>
    </FormFrame>
  );
}
