// Reads a JSON list of ABC texts on standard input and prints, for each, what abcjs understood:
// {warnings: [...], voices: [[{duration, pitches: n, key...}, ...bars], ...]}. An outside opinion on bars.
// Usage: node abcjs_bars.js path/to/abcjs-basic-min.js < tunes.json
const path = require("path");
const ABCJS = require(path.resolve(process.argv[2]));

function bars(tune) {
  const voices = [];
  for (const line of tune.lines) {
    let index = 0;
    for (const staff of line.staff || []) {
      for (const voice of staff.voices) {
        const state = (voices[index] = voices[index] || { bars: [], duration: 0, notes: 0, multiplier: 1 });
        voice.forEach((element) => take(state, element));
        index += 1;
      }
    }
  }
  return voices.map((state) => {
    if (state.notes) close(state);
    return state.bars;
  });
}

function close(state) {
  state.bars.push(Math.round(state.duration * 1e6) / 1e6);
  state.duration = 0;
  state.notes = 0;
}

function take(state, element) {
  if (element.el_type === "bar") {
    if (state.notes) close(state);
  } else if (element.el_type === "note") {
    if (element.startTriplet) state.multiplier = element.tripletMultiplier;
    if (!element.rest || element.rest.type !== "spacer") {
      state.duration += element.duration * state.multiplier;
      state.notes += 1;
    }
    if (element.endTriplet) state.multiplier = 1;
  }
}

let input = "";
process.stdin.on("data", (chunk) => (input += chunk));
process.stdin.on("end", () => {
  const answers = JSON.parse(input).map((abc) => {
    const tune = ABCJS.parseOnly(abc)[0];
    return { warnings: tune.warnings || [], voices: bars(tune) };
  });
  process.stdout.write(JSON.stringify(answers));
});
