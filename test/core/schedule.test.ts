import { expect } from "chai";
import { cronSchedule, timeZone } from "../../core/schedule";

describe("schedules", () => {
  for (const good of ["0 3 * * *", "*/15 0-6,22 1 JAN-MAR 1-5", " 0  3 * * sun "])
    it(`take ${good}`, () => expect(cronSchedule(good)).to.equal(undefined));

  for (const bad of ["", "daily", "0 3 * *", "0 3 * * * *", "@daily", "0 3 * * ;"])
    it(`refuse ${JSON.stringify(bad)}`, () => expect(cronSchedule(bad)).to.include("must be five fields"));
});

describe("time zones", () => {
  for (const good of ["Etc/UTC", "UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"])
    it(`take ${good}`, () => expect(timeZone(good)).to.equal(undefined));

  for (const bad of ["", "Berlin", "+01:00", "Europe/Atlantis"])
    it(`refuse ${JSON.stringify(bad)}`, () => expect(timeZone(bad)).to.include("must be a time zone"));
});
