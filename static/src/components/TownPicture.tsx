/** Our own picture of the town: hills, castle wall, houses, and a boat on the river. It says nothing words do not say. */
export function TownPicture() {
  return (
    <svg class="picture" viewBox="0 0 360 168" aria-hidden="true" focusable="false">
      <rect class="picture-sky" width="360" height="168" />
      <circle class="picture-sun" cx="286" cy="42" r="18" />
      <path class="picture-far" d="M0 104 52 62l34 22 48-46 58 44 40-26 60 34 68-40v82H0Z" />
      <path class="picture-hill" d="M0 120c40-34 78-30 112-10 38 22 72-20 118-14 46 6 84 8 130-20v60H0Z" />
      <g>
        <path class="picture-house" d="M196 96h34v24h-34Z" />
        <path class="picture-roof" d="m191 97 22-15 22 15Z" />
        <path class="picture-house" d="M240 88h28v32h-28Z" />
        <path class="picture-roof" d="m235 89 19-13 19 13Z" />
        <path class="picture-house" d="M276 98h40v22h-40Z" />
        <path class="picture-roof" d="m271 99 25-14 25 14Z" />
        <path class="picture-house" d="M60 100h26v20H60Z" />
        <path class="picture-roof" d="m55 101 18-12 18 12Z" />
      </g>
      <path class="picture-river" d="M0 122c60-10 120 6 180 2s120-10 180-2v46H0Z" />
      <path class="picture-wave" d="M24 138c10-5 20-5 30 0M300 136c10-5 20-5 30 0M210 156c10-5 20-5 30 0M60 157c8-4 16-4 24 0" />
      <g>
        <path class="picture-wood" d="M112 138h72c-4 10-10 14-18 14h-40c-7 0-12-5-14-14Z" />
        <path class="picture-wood" d="m176 138 22-34 2 1-19 33Z" />
        <circle class="picture-house" cx="134" cy="126" r="5" />
        <path class="picture-roof" d="M127 138c0-5 3-8 7-8s7 3 7 8Z" />
        <circle class="picture-house" cx="156" cy="126" r="5" />
        <path class="picture-roof" d="M149 138c0-5 3-8 7-8s7 3 7 8Z" />
      </g>
    </svg>
  );
}
