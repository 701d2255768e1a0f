package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) configCommand() *cobra.Command {
	parent := &cobra.Command{Use: "config", Short: "Explain the settings and show those that count here"}
	parent.AddCommand(
		&cobra.Command{Use: "explain [KEY]", Short: "Say what each setting does, or one of them or of a section",
			Args: cobra.MaximumNArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return explain(cmd.OutOrStdout(), strings.Join(args, ""))
			}},
		&cobra.Command{Use: "show",
			Short: "Print every setting as it counts here, and who made it: the machine's, the user's or the site's file, or a policy", Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				c, from, err := site.LoadConfig(t.data)
				if err != nil {
					return err
				}
				for _, k := range site.Keys {
					where := "default: " + k.Default
					if s, ok := from[k.Name]; ok {
						where = s.String()
					}
					fmt.Fprintf(cmd.OutOrStdout(), "%-24s = %-30s # %s\n", k.Name, c.Value(k.Name), where)
				}
				return nil
			}},
		&cobra.Command{Use: "files", Short: "List what is read, the weakest first", Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				for _, file := range site.Files(t.data) {
					fmt.Fprintln(cmd.OutOrStdout(), file.Path)
				}
				if runtime.GOOS == "windows" {
					fmt.Fprintln(cmd.OutOrStdout(), site.PolicyKey)
				}
				return nil
			}},
		&cobra.Command{Use: "admx FOLDER",
			Short: "Write the template for Windows policies: FOLDER/Wardlight.admx and FOLDER/en-US/Wardlight.adml",
			Args:  cobra.ExactArgs(1),
			RunE: func(_ *cobra.Command, args []string) error {
				texts := filepath.Join(args[0], "en-US")
				if err := os.MkdirAll(texts, 0o755); err != nil {
					return err
				}
				admx, adml := site.Admx()
				return errors.Join(os.WriteFile(filepath.Join(args[0], site.AdmxName+".admx"), admx, 0o644),
					os.WriteFile(filepath.Join(texts, site.AdmxName+".adml"), adml, 0o644))
			}})
	return parent
}

// explain prints the keys that begin with name.
func explain(w io.Writer, name string) error {
	found := false
	for _, k := range site.Keys {
		if name != "" && k.Name != name && !strings.HasPrefix(k.Name, name+".") {
			continue
		}
		found = true
		fmt.Fprintf(w, "%s\n    %s\n    It is %s. Default: %s.\n    Example: %s\n\n", k.Name, k.Text, k.Type,
			k.Default, toml(k))
	}
	if !found {
		return fmt.Errorf("no setting %q: `wardctl config explain` lists all", name)
	}
	return nil
}

// toml is a key's example as a file has it.
func toml(k site.Key) string {
	if i := strings.LastIndexByte(k.Name, '.'); i >= 0 {
		return fmt.Sprintf("[%s] %s = %s", k.Name[:i], k.Name[i+1:], k.Example)
	}
	return k.Name + " = " + k.Example
}
