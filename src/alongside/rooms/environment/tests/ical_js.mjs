// Reads calendars from stdin, a JSON list of texts, by ical.js alone: of each its method and what it says of its events.
// Each zone is what the file itself says of it; nothing is taken from the machine.
import ICAL from "ical.js";

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const found = JSON.parse(Buffer.concat(chunks).toString()).map((text) => {
  try {
    const calendar = new ICAL.Component(ICAL.parse(text));
    ICAL.TimezoneService.reset();
    for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
    const events = calendar.getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        sequence: component.getFirstPropertyValue("sequence"),
        zone: event.startDate?.zone?.tzid ?? "",
        starts: event.startDate?.toJSDate().toISOString(),
        ends: event.endDate?.toJSDate().toISOString(),
        summary: event.summary,
      };
    });
    return { method: calendar.getFirstPropertyValue("method"), events };
  } catch (error) {
    return { error: String(error) };
  }
});
process.stdout.write(JSON.stringify(found));
