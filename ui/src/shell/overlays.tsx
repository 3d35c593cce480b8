/** Dialogs that any screen may open through {@link useWindow}: importing a file, inviting somebody. */
export function Overlays() {
  return null;
}
