package redisx

import (
	"context"
	"embed"

	"github.com/redis/go-redis/v9"
)

// The scripts are files so that they can be read, reviewed and hashed (for ACL
// rules on EVALSHA) apart from the Go code. Each says what it takes and returns.
//
//go:embed scripts/*.lua
var scriptFiles embed.FS

func script(name string) *redis.Script { return redis.NewScript(scriptText(name)) }

func scriptText(name string) string {
	text, err := scriptFiles.ReadFile("scripts/" + name + ".lua")
	if err != nil {
		panic(err) // the file is embedded: only a typo in this package
	}
	return string(text)
}

// ScriptHashes gives the SHA-1 by which Redis knows each script, by file name
// without its ending, for ACL rules such as +evalsha|<sha1>.
func ScriptHashes() map[string]string {
	entries, err := scriptFiles.ReadDir("scripts")
	if err != nil {
		panic(err) // embedded, as above
	}
	hashes := make(map[string]string, len(entries))
	for _, e := range entries {
		name := e.Name()[:len(e.Name())-len(".lua")]
		hashes[name] = script(name).Hash()
	}
	return hashes
}

// run executes a script within the client's call limit.
func (c *Client) run(ctx context.Context, s *redis.Script, keys []string, args ...any) *redis.Cmd {
	ctx, cancel := c.call(ctx)
	defer cancel()
	return s.Run(ctx, c.coord, keys, args...)
}
