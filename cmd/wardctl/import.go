package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
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
	var training, live bool
	c := &cobra.Command{
		Use: "hl7 FILE...", Short: "Import HL7 v2 messages; importing again changes nothing",
		Args: cobra.MinimumNArgs(1),
		Long: `Reads HL7 v2 messages from files, or from the standard input for "-". Each warning, each refusal and each
parked message is said with its file, message, segment, patient number and reason; after ten of one kind of
warning, or parked for one reason, the rest is counted (all of them with --details). Ctrl-C ends the import after a whole message, and says with
which --from it goes on.

Exit status:
  0  all messages were taken. A warning, and a value that could not be read as a vital sign, do not change this:
     look at the counts
  3  some messages were refused, are parked (also from before, if they wait still), are for training, or a file has no message in it
  1  the import failed or was stopped: what was said to be taken is kept`,
		RunE: func(cmd *cobra.Command, files []string) error {
			switch {
			case run.options.From < 1:
				return errors.New("--from counts messages from 1")
			case run.options.From > 1 && len(files) > 1:
				return errors.New("--from counts the messages of one file: name one")
			}
			to, err := rebaseTo(rebase)
			if err != nil {
				return err
			}
			if !live && (rebase != "" || training) {
				if err := t.forShowing(); err != nil {
					return err
				}
			}
			run.to = to
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				if !live {
					if err := showsOnly(ctx, s, rebase != "" || training); err != nil {
						return err
					}
				}
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
					fmt.Fprintf(cmd.ErrOrStderr(),
						"times without an offset are read in this computer's zone, %s: set site.time_zone if the senders' is another\n", localZone())
				}
				run.cmd, run.site = cmd, s
				return run.files(ctx, files)
			})
		},
	}
	f := c.Flags()
	f.BoolVar(&run.json, "json", false, "print one JSON object with the counts")
	f.BoolVar(&run.details, "details", false, "say every warning, and with --json add them as an array")
	f.StringVar(&rebase, "rebase", "",
		"\"now\", or a time (2026-03-10T08:00:00Z): moves all times so that the newest is this, for showing; training messages are taken then")
	f.StringVar(&authority, "authority", "",
		"who gives the MRNs, where messages carry several or name nobody (default: site.authority)")
	f.StringVar(&zone, "time-zone", "", "where times without an offset were taken (default: site.time_zone)")
	f.BoolVar(&training, "training", false, "take messages that are for training, testing or debugging (MSH-11 is not P), too")
	f.BoolVar(&live, "into-live-record", false, "let --rebase and --training write into a hospital's record")
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
	to            time.Time            // what --rebase says
	newest        map[string]time.Time // of each file, as moved
}

func (r *importRun) files(ctx context.Context, names []string) error {
	files, total, err := openAll(r.cmd.InOrStdin(), names)
	if err != nil && len(names) > 1 {
		return fmt.Errorf("%w: none of the %d files was read", err, len(names))
	} else if err != nil {
		return err
	}
	defer func() {
		for _, f := range files {
			_ = f.Close() // only read
		}
	}()
	if !r.to.IsZero() {
		if err := r.rebase(files, names); err != nil {
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
	var empty []string
	for i, f := range files {
		before, from := im.Report(), shown.count(f)
		err := im.Stream(ctx, names[i], from)
		if from.err != nil {
			err = fmt.Errorf("the file cannot be read: %w", from.err)
		}
		switch after := im.Report(); {
		case err != nil:
		case r.options.From > 1 && im.Last() < r.options.From:
			err = fmt.Errorf("--from %d: the file has only %s", r.options.From, many(im.Last(), "message"))
		case after.Messages == before.Messages && after.Refusals == before.Refusals:
			empty = append(empty, names[i])
		}
		outcome := audit.Done
		if err != nil {
			outcome = audit.Failed
		}
		line := audit.Event{Actor: station, Station: r.site.Config.Station, Action: audit.ImportFile, Object: "hl7",
			Outcome: outcome}
		audited := r.site.Record.Audit(context.WithoutCancel(ctx), line)
		if err = errors.Join(err, audited); err != nil {
			shown.end()
			return r.stopped(im.Report(), names, i, err)
		}
	}
	shown.end()
	lookAtParked(ctx, r.cmd, r.site)
	return r.report(ctx, im.Report(), empty)
}

// stopped says how far an import came that could not be finished.
func (r *importRun) stopped(report hl7.Report, names []string, at int, err error) error {
	name := names[at]
	printDetails(r.cmd.ErrOrStderr(), report, r.details)
	var stop *hl7.StoppedError
	if !errors.As(err, &stop) {
		return fmt.Errorf("%s: %w (import it again to finish: nothing is taken twice)", name, err)
	}
	text := fmt.Sprintf("%s: %v; %s taken whole. Go on with: %s", name, stop, areMany(report.Messages, "message"),
		r.again([]string{name}, stop.Next))
	if more := names[at+1:]; len(more) > 0 {
		text += "; then: " + r.again(more, 1)
	}
	return errors.New(text)
}

func (r *importRun) report(ctx context.Context, report hl7.Report, empty []string) error {
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
		err = r.printCounts(ctx, out, report)
	}
	if err != nil {
		return err
	}
	return notAll(report, empty)
}

func openAll(stdin io.Reader, names []string) (files []io.ReadCloser, total int64, err error) {
	for _, name := range names {
		if name == "-" {
			files, total = append(files, io.NopCloser(stdin)), -1
			continue
		}
		f, err := os.Open(name)
		if err == nil {
			if info, bad := f.Stat(); bad == nil && info.IsDir() {
				err = errors.Join(fmt.Errorf("%s: is a folder: name the files in it", name), f.Close())
			}
		}
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
