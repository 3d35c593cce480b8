import { defineConfig } from 'vitest/config';

// Pure logic needs neither the message compiler (`npm run messages` runs before) nor styles.
export default defineConfig({
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
