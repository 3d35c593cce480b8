export function BriefScreen() {
  return null;
}
