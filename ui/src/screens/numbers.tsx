export function NumbersScreen() {
  return null;
}
