/** A loudspeaker with waves, or crossed out: the shape says whether the till will be heard. */
export function SoundIcon({ on }: { readonly on: boolean }) {
  return (
    <svg class="icon icon-m" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500Z" />
      {on ? <path d="M15.500 9a4.200 4.200 0 0 1 0 6M18 6.500a7.800 7.800 0 0 1 0 11" /> : <path d="m15.500 9.500 5 5M20.500 9.500l-5 5" />}
    </svg>
  );
}
