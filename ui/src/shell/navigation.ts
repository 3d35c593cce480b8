import {
  Activity,
  BarChart3,
  Box,
  Building2,
  CircleAlert,
  FileText,
  GitMerge,
  History,
  Kanban,
  type LucideIcon,
  Megaphone,
  MessageSquareReply,
  Scale,
  Settings,
  Sun,
  User,
  Users,
} from 'lucide-react';
import { kindsLabel } from '@/i18n/labels';
import type { ShortcutId } from '@/keys/registry';
import { m } from '@/paraglide/messages.js';

export interface Destination {
  path: string;
  label: () => string;
  icon: LucideIcon;
  shortcut: ShortcutId;
  /** Only there while it calls for action. */
  onlyWithCount?: boolean;
}

export const KIND_ICONS: Record<string, LucideIcon> = {
  account: Building2,
  person: User,
  opportunity: Kanban,
  activity: Activity,
  campaign: Megaphone,
  product: Box,
  page: FileText,
  member: Users,
};

const list = (kind: string, shortcut: ShortcutId): Destination => ({
  path: `/list/${kind}`,
  label: () => kindsLabel(kind),
  icon: KIND_ICONS[kind] ?? FileText,
  shortcut,
});

/** The sidebar, in its groups; the palette goes to the same places. */
export const NAVIGATION: Destination[][] = [
  [
    { path: '/today', label: () => m.nav_today(), icon: Sun, shortcut: 'go_today' },
    { path: '/pipeline', label: () => m.nav_pipeline(), icon: Kanban, shortcut: 'go_pipeline' },
    { path: '/forgotten', label: () => m.nav_forgotten(), icon: CircleAlert, shortcut: 'go_forgotten' },
    list('account', 'go_accounts'),
    list('person', 'go_people'),
    list('activity', 'go_activities'),
    list('campaign', 'go_campaigns'),
    list('product', 'go_products'),
    { path: '/pages', label: () => kindsLabel('page'), icon: FileText, shortcut: 'go_pages' },
  ],
  [
    { path: '/numbers', label: () => m.nav_numbers(), icon: BarChart3, shortcut: 'go_numbers' },
    { path: '/feedback', label: () => m.nav_feedback(), icon: MessageSquareReply, shortcut: 'go_feedback' },
    { path: '/rules', label: () => m.nav_rules(), icon: Scale, shortcut: 'go_rules' },
  ],
  [
    list('member', 'go_members'),
    { path: '/history', label: () => m.nav_history(), icon: History, shortcut: 'go_history' },
    {
      path: '/conflicts',
      label: () => m.nav_conflicts(),
      icon: GitMerge,
      shortcut: 'go_conflicts',
      onlyWithCount: true,
    },
    { path: '/settings', label: () => m.nav_settings(), icon: Settings, shortcut: 'go_settings' },
  ],
];
