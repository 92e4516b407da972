// Reads a JSON list of ABC texts on standard input and prints one JSON line for each: what abcjs understood.
// {notes: [[startChar, endChar, duration in whole notes, rest], ...], pitches: {startChar: [MIDI numbers]}}
// `notes` come from the engraved tree, `pitches` from the first time that a note is played; grace notes are left out.
// Usage: node abcjs_notes.js path/to/abcjs-basic-min.js < tunes.json
const path = require("path");
const ABCJS = require(path.resolve(process.argv[2]));

function notated(tune) {
  const notes = [];
  const multipliers = [];
  for (const line of tune.lines) {
    let index = 0;
    for (const staff of line.staff || []) {
      for (const voice of staff.voices) {
        let multiplier = multipliers[index] || 1;
        for (const element of voice) {
          if (element.el_type !== "note") continue;
          if (element.startTriplet) multiplier = element.tripletMultiplier;
          const spacer = element.rest && element.rest.type === "spacer";
          if (!spacer) {
            const length = Math.round(element.duration * multiplier * 1e6) / 1e6;
            notes.push([element.startChar, element.endChar, length, Boolean(element.rest)]);
          }
          if (element.endTriplet) multiplier = 1;
        }
        multipliers[index] = multiplier;
        index += 1;
      }
    }
  }
  return notes;
}

function sounding(tune) {
  const pitches = {};
  for (const track of tune.setUpAudio({ chordsOff: true }).tracks) {
    const seen = {};
    for (const event of track) {
      if (event.cmd !== "note" || event.startChar === undefined || event.style === "grace") continue;
      if (seen[event.startChar] === undefined) seen[event.startChar] = event.start;
      if (seen[event.startChar] !== event.start) continue;
      (pitches[event.startChar] = pitches[event.startChar] || []).push(event.pitch);
    }
  }
  return pitches;
}

let input = "";
process.stdin.on("data", (chunk) => (input += chunk));
process.stdin.on("end", () => {
  for (const abc of JSON.parse(input)) {
    let answer;
    try {
      const tune = ABCJS.parseOnly(abc)[0];
      answer = { notes: notated(tune), pitches: sounding(tune) };
    } catch (error) {
      answer = { error: String(error) };
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
});
