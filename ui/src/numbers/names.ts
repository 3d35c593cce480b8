import { optionLabel } from '@/i18n/labels';
import { m } from '@/paraglide/messages.js';

/** What a share of revenue goes to: a team, a source or a campaign, or none of them. */
export const teamName = (key: string): string =>
  key === '' ? m.numbers_no_team() : optionLabel('member', 'team', key);
export const sourceName = (key: string): string =>
  key === '' ? m.numbers_no_source() : optionLabel('opportunity', 'source', key);
export const campaignName = (title: string): string => title || m.numbers_no_campaign();
