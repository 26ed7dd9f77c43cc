import { languages } from '@/lib/api-reference/code-examples'

/** In which language the examples of the page are. */
export function LanguageChoice() {
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">Language of the examples</legend>
      <div className="inline-flex gap-0.5 rounded-md bg-hover p-0.5">
        {languages.map(({ id, name }) => (
          <label
            key={id}
            className="flex h-7 cursor-pointer items-center rounded-sm px-2.5 text-muted text-sm transition-colors duration-150 ease-out hover:text-text has-checked:bg-surface has-checked:font-medium has-checked:text-text has-checked:shadow-[0_0_0_1px_var(--color-line)] has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:h-10"
          >
            <input
              type="radio"
              name="language"
              id={`language-${id}`}
              value={id}
              defaultChecked={id === 'curl'}
              className="sr-only"
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
