package timezone

import (
	"errors"
	"testing"
	"time"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	winter := time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
	summer := time.Date(2026, 7, 15, 12, 0, 0, 0, time.UTC)
	for _, tc := range []struct{ tz, winter, summer string }{
		{"", "12:00 UTC", "12:00 UTC"},
		{"UTC", "12:00 UTC", "12:00 UTC"},
		{"UTC0", "12:00 UTC", "12:00 UTC"},
		{"Europe/Paris", "13:00 CET", "14:00 CEST"},
		{"Asia/Kolkata", "17:30 IST", "17:30 IST"},
		{"EST5EDT", "07:00 EST", "08:00 EDT"}, // also an IANA name
		{"EST+5EDT,M3.2.0/2,M11.1.0/2", "07:00 EST", "08:00 EDT"},
		{"CET-1CEST,M3.5.0,M10.5.0/3", "13:00 CET", "14:00 CEST"},
		{"<+0330>-3:30", "15:30 +0330", "15:30 +0330"},
		{"AEST-10AEDT,M10.1.0,M4.1.0/3", "23:00 AEDT", "22:00 AEST"},
		{"XXX3YYY,J60,J300", "09:00 XXX", "10:00 YYY"},
	} {
		t.Run(tc.tz, func(t *testing.T) {
			t.Parallel()
			loc, err := Load(tc.tz)
			if err != nil {
				t.Fatal(err)
			}
			if got := winter.In(loc).Format("15:04 MST"); got != tc.winter {
				t.Errorf("in January %s, want %s", got, tc.winter)
			}
			if got := summer.In(loc).Format("15:04 MST"); got != tc.summer {
				t.Errorf("in July %s, want %s", got, tc.summer)
			}
		})
	}
}

func TestLoadUnknown(t *testing.T) {
	t.Parallel()
	for _, tz := range []string{"Local", "Mars/Olympus", "EST+5EDT,nonsense", "EST", "+5", "ES5", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.5.0", "XXX999", "../etc/passwd", "Europe/Paris\n"} {
		loc, err := Load(tz)
		// EST alone is an IANA name too; it must then not be UTC.
		if tz == "EST" && err == nil {
			if name, _ := time.Now().In(loc).Zone(); name != "EST" {
				t.Errorf("%q gave zone %s", tz, name)
			}
			continue
		}
		if !errors.Is(err, ErrUnknown) {
			t.Errorf("Load(%q) = %v, %v; want ErrUnknown", tz, loc, err)
		}
	}
}
