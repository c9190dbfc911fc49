import { expect } from "chai";
import { cronSchedule, isDaily, timeZone } from "../../core/schedule";

describe("schedules", () => {
  for (const good of ["0 3 * * *", "*/15 0-6,22 1 JAN-MAR 1-5", " 0  3 * * sun "])
    it(`take ${good}`, () => expect(cronSchedule(good)).to.equal(undefined));

  for (const bad of ["", "daily", "0 3 * *", "0 3 * * * *", "@daily", "0 3 * * ;"])
    it(`refuse ${JSON.stringify(bad)}`, () => expect(cronSchedule(bad)).to.include("must be five fields"));
});

describe("daily schedules", () => {
  it("are told from those that leave days out", () => {
    for (const daily of ["0 3 * * *", " */15  6 * * * ", "0 3 */1 * *"]) expect(isDaily(daily), daily).to.equal(true);
    for (const rarer of ["0 3 * * 1-5", "0 3 1 * *", "0 3 */2 * *", "0 3 * JAN *", "0 3", ""])
      expect(isDaily(rarer), rarer).to.equal(false);
  });
});

describe("time zones", () => {
  for (const good of ["Etc/UTC", "UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"])
    it(`take ${good}`, () => expect(timeZone(good)).to.equal(undefined));

  for (const bad of ["", "Berlin", "+01:00", "Europe/Atlantis"])
    it(`refuse ${JSON.stringify(bad)}`, () => expect(timeZone(bad)).to.include("must be a time zone"));
});
