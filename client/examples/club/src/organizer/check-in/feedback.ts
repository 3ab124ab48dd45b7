/** What a person at a dark, loud door notices without looking: a vibration and a sound for each kind of result. */

/** How a result is meant: come in, have a look, or stop. */
export type Tone = 'ok' | 'look' | 'stop';

const vibrations: Readonly<Record<Tone, number[]>> = { ok: [90], look: [90, 80, 90], stop: [400] };
const sounds: Readonly<Record<Tone, readonly { readonly hertz: number; readonly seconds: number }[]>> = {
  ok: [{ hertz: 880, seconds: 0.14 }],
  look: [
    { hertz: 520, seconds: 0.14 },
    { hertz: 520, seconds: 0.14 },
  ],
  stop: [{ hertz: 180, seconds: 0.5 }],
};

let audio: AudioContext | undefined;

/** Allows sounds from now on; browsers require that the visitor has just clicked. */
export function prepareSound(): void {
  audio ??= new AudioContext();
  void audio.resume().catch(() => {});
}

/** Vibrates and sounds, where the device can. */
export function signal(tone: Tone, hasSound: boolean): void {
  (navigator as Partial<Navigator>).vibrate?.(vibrations[tone]);
  if (audio?.state !== 'running' || !hasSound) return;
  let at = audio.currentTime;
  for (const { hertz, seconds } of sounds[tone]) {
    const [oscillator, gain] = [audio.createOscillator(), audio.createGain()];
    oscillator.frequency.value = hertz;
    gain.gain.value = 0.25;
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(at);
    oscillator.stop(at + seconds);
    at += seconds + 0.08;
  }
}
