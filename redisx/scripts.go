package redisx

import (
	"context"
	"embed"
	"errors"

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
	cmd := s.EvalSha(ctx, c.coord, keys, args...)
	if redis.HasErrorPrefix(cmd.Err(), "NOSCRIPT") {
		return c.teachAndRun(ctx, s, keys, args...)
	}
	return cmd
}

// batch runs a script many times in one pipeline, loading it first if the
// server does not know it. The first error is returned.
func (c *Client) batch(ctx context.Context, s *redis.Script, n int, args func(i int) ([]string, []any)) error {
	ctx, cancel := c.call(ctx)
	defer cancel()
	exec := func() error {
		pipe := c.coord.Pipeline()
		for i := range n {
			keys, values := args(i)
			s.EvalSha(ctx, pipe, keys, values...)
		}
		cmds, err := pipe.Exec(ctx)
		for _, cmd := range cmds {
			if e := cmd.Err(); e != nil && !errors.Is(e, redis.Nil) {
				return e
			}
		}
		if errors.Is(err, redis.Nil) {
			return nil
		}
		return err
	}
	err := exec()
	if redis.HasErrorPrefix(err, "NOSCRIPT") {
		if err := c.teachAll(ctx, s); err != nil {
			return err
		}
		err = exec() // all of them: each may be repeated without harm
	}
	return err
}

// teach gives the server that has a key the text of a script. It is SCRIPT LOAD
// and not EVAL: a user who may load texts and run those of this package alone can
// run nothing else on the server.
func (c *Client) teach(ctx context.Context, s *redis.Script, key string) error {
	node, err := c.node(ctx, key)
	if err != nil {
		return err
	}
	return s.Load(ctx, node).Err()
}

// teachAndRun is for a server that did not know the script, and so did nothing.
func (c *Client) teachAndRun(ctx context.Context, s *redis.Script, keys []string, args ...any) *redis.Cmd {
	if err := c.teach(ctx, s, keys[0]); err != nil {
		return failed(ctx, err)
	}
	cmd := s.EvalSha(ctx, c.coord, keys, args...)
	if redis.HasErrorPrefix(cmd.Err(), "NOSCRIPT") {
		// In a Cluster the key has moved to another node meanwhile.
		if err := c.teachAll(ctx, s); err != nil {
			return failed(ctx, err)
		}
		cmd = s.EvalSha(ctx, c.coord, keys, args...)
	}
	return cmd
}

// teachAll teaches every primary. One of a Cluster that is away does not matter
// here: the calls to it say so themselves.
func (c *Client) teachAll(ctx context.Context, s *redis.Script) error {
	cluster, ok := c.coord.(*redis.ClusterClient)
	if !ok {
		return s.Load(ctx, c.coord).Err()
	}
	_ = cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error {
		return s.Load(ctx, node).Err()
	})
	return nil
}

func failed(ctx context.Context, err error) *redis.Cmd {
	cmd := redis.NewCmd(ctx)
	cmd.SetErr(err)
	return cmd
}
