import { m } from '@/paraglide/messages.js';

export function WelcomeScreen() {
  return <main>{m.app_name()}</main>;
}
