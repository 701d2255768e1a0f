package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) importCommand() *cobra.Command {
	parent := &cobra.Command{Use: "import", Short: "Bring data from other systems to the record"}
	var run importRun
	var rebase, authority, zone string
	var training bool
	c := &cobra.Command{
		Use: "hl7 FILE...", Short: "Import HL7 v2 messages; importing again changes nothing", Args: cobra.MinimumNArgs(1),
		Long: `Reads HL7 v2 messages from files, or from the standard input for "-". Each warning, each refusal and each
parked message is said with its file, message, segment, patient number and reason; after ten of one kind the
rest is counted (all of them with --details). Ctrl-C ends the import after a whole message, and says with
which --from it goes on.

Exit status: 0 all were taken, 3 some were refused, parked or are for training, 1 the import failed.`,
		RunE: func(cmd *cobra.Command, files []string) error {
			switch {
			case rebase != "" && rebase != "now":
				return fmt.Errorf("--rebase %q: only \"now\" is known", rebase)
			case run.options.From > 1 && len(files) > 1:
				return errors.New("--from counts the messages of one file: name one")
			}
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				here := s.Config.Here
				if authority != "" {
					here.Authority = authority
				}
				if zone != "" {
					if _, err := time.LoadLocation(zone); err != nil {
						return fmt.Errorf("--time-zone %q: write it as the tz database does: \"Europe/London\"", zone)
					}
					here.TimeZone = zone
				}
				o := &run.options
				loc, set := here.Location()
				o.Location, o.Authority = loc, here.Authority
				o.Training = training || s.Config.Feed.Training || rebase != "" // what is moved in time is for showing
				if !set {
					fmt.Fprintf(cmd.ErrOrStderr(), "times without an offset are read in this computer's zone, %s: set site.time_zone if the senders' is another\n", localZone())
				}
				run.cmd, run.site = cmd, s
				return run.files(ctx, files, rebase != "")
			})
		},
	}
	f := c.Flags()
	f.BoolVar(&run.json, "json", false, "print one JSON object with the counts")
	f.BoolVar(&run.details, "details", false, "say every warning, and with --json add them as an array")
	f.StringVar(&rebase, "rebase", "", "\"now\" moves all times so that the newest is now, for showing; training messages are taken then")
	f.StringVar(&authority, "authority", "", "who gives the MRNs, where messages carry several or name nobody (default: site.authority)")
	f.StringVar(&zone, "time-zone", "", "where times without an offset were taken (default: site.time_zone)")
	f.BoolVar(&training, "training", false, "take messages that are for training or debugging (MSH-11 T or D), too")
	f.IntVar(&run.options.From, "from", 1, "go on with this message of the file")
	parent.AddCommand(c)
	return parent
}

// importRun is one run of the command.
type importRun struct {
	json, details bool
	options       hl7.ImportOptions
	cmd           *cobra.Command
	site          *site.Site
}

func (r *importRun) files(ctx context.Context, names []string, rebase bool) error {
	files, total, err := openAll(r.cmd.InOrStdin(), names)
	if err != nil {
		return err
	}
	defer func() {
		for _, f := range files {
			_ = f.Close() // only read
		}
	}()
	if rebase {
		if r.options.Shift, err = shiftToNow(files, r.options.Location); err != nil {
			return err
		}
	}
	shown := newProgress(r.cmd.ErrOrStderr(), total)
	monitors := newMonitorsShow(r.site)
	r.options.Live = monitors.take
	r.options.Taken = func(so hl7.Report) {
		monitors.tell(context.WithoutCancel(ctx))
		shown.taken(so)
	}
	defer monitors.say(r.cmd.ErrOrStderr())
	im := hl7.NewImporter(r.site.Record, r.options)
	for i, f := range files {
		err := im.Stream(ctx, names[i], shown.count(f))
		outcome := audit.Done
		if err != nil {
			outcome = audit.Failed
		}
		line := audit.Event{Actor: station, Station: r.site.Config.Station, Action: audit.ImportFile, Object: "hl7", Outcome: outcome}
		audited := r.site.Record.Audit(context.WithoutCancel(ctx), line)
		if err = errors.Join(err, audited); err != nil {
			shown.end()
			return r.stopped(im.Report(), names, i, err)
		}
	}
	shown.end()
	lookAtParked(ctx, r.cmd, r.site)
	return r.report(im.Report())
}

// stopped says how far an import came that could not be finished.
func (r *importRun) stopped(report hl7.Report, names []string, at int, err error) error {
	name := names[at]
	printDetails(r.cmd.ErrOrStderr(), report, r.details)
	var stop *hl7.StoppedError
	if !errors.As(err, &stop) {
		return fmt.Errorf("%s: %w (import it again to finish: nothing is taken twice)", name, err)
	}
	rest := ""
	if more := names[at+1:]; len(more) > 0 {
		rest = fmt.Sprintf(", then import %s", strings.Join(more, " "))
	}
	return fmt.Errorf("%s: %w; %d messages are taken whole. Go on with: wardctl import hl7 --from %d %s%s",
		name, stop, report.Messages, stop.Next, name, rest)
}

func (r *importRun) report(report hl7.Report) error {
	printDetails(r.cmd.ErrOrStderr(), report, r.details)
	out := r.cmd.OutOrStdout()
	var err error
	switch {
	case r.json && r.details:
		err = printJSON(out, struct {
			hl7.Report
			Details []hl7.Detail `json:"details"`
		}{report, append([]hl7.Detail{}, report.Details...)})
	case r.json:
		err = printJSON(out, report)
	default:
		_, err = fmt.Fprintf(out, "%d messages, %d patients, %d observations, %d warnings, %d refusals, %d parked\n",
			report.Messages, report.Patients, report.Observations, report.Warnings, report.Refusals, report.Parked)
		for _, event := range slices.Sorted(maps.Keys(report.NoRule)) {
			fmt.Fprintf(out, "no rule for %s: %d messages\n", event, report.NoRule[event])
		}
	}
	if err != nil {
		return err
	}
	return notAll(report)
}

// notAll is an error with its exit status where something was not taken.
func notAll(report hl7.Report) error {
	var parts []string
	for _, p := range []struct {
		n    int
		text string
	}{{report.Refusals, "refused"}, {report.Parked, "parked (`wardctl parked list`)"},
		{report.Training, "for training and not taken (--training takes them)"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.text))
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return exitError{3, "not all messages were taken: " + strings.Join(parts, ", ")}
}

func openAll(stdin io.Reader, names []string) (files []io.ReadCloser, total int64, err error) {
	for _, name := range names {
		if name == "-" {
			files, total = append(files, io.NopCloser(stdin)), -1
			continue
		}
		f, err := os.Open(name)
		if err != nil {
			for _, had := range files {
				_ = had.Close()
			}
			return nil, 0, err
		}
		files = append(files, f)
		if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
			total = -1
		} else if total >= 0 {
			total += info.Size()
		}
	}
	return files, total, nil
}

// shiftToNow is by how much all files are moved together.
func shiftToNow(files []io.ReadCloser, loc *time.Location) (time.Duration, error) {
	var newest time.Time
	for _, f := range files {
		file, ok := f.(io.ReadSeeker)
		if !ok {
			return 0, errors.New("--rebase reads a file twice: \"-\" cannot be")
		}
		t, err := hl7.Newest(file, loc)
		if err != nil {
			return 0, err
		}
		if t.After(newest) {
			newest = t
		}
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return 0, err
		}
	}
	if newest.IsZero() {
		return 0, nil
	}
	return time.Since(newest), nil
}

// localZone names this computer's zone as well as it is known.
func localZone() string {
	if name := os.Getenv("TZ"); name != "" {
		return name
	}
	if target, err := os.Readlink("/etc/localtime"); err == nil {
		if _, name, found := strings.Cut(target, "zoneinfo/"); found {
			return name
		}
	}
	return time.Now().Format("MST (UTC-07:00)")
}
