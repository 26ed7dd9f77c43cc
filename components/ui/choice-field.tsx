type ChoiceFieldProps<Value extends string> = {
  legend: string
  name: string
  choices: { value: Value; name: string; detail: string }[]
  chosen: Value
  onChoose?: (value: Value) => void
  errors?: string[]
}

/** A few things to choose one of, each with what it means. It works without JavaScript. */
export function ChoiceField<Value extends string>(props: ChoiceFieldProps<Value>) {
  const { legend, name: fieldName, choices, chosen, onChoose, errors } = props
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium text-sm">{legend}</legend>
      <div className="divide-y divide-line rounded-md border border-line">
        {choices.map(({ value, name, detail }) => (
          <label key={value} className="flex cursor-pointer items-start gap-2.5 px-3 py-2 text-sm hover:bg-hover">
            <input
              type="radio"
              name={fieldName}
              value={value}
              defaultChecked={value === chosen}
              onChange={() => onChoose?.(value)}
              className="mt-0.5 size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0">
              <span className="block font-medium">{name}</span>
              <span className="block text-muted">{detail}</span>
            </span>
          </label>
        ))}
      </div>
      {errors?.map((error) => (
        <p key={error} role="alert" className="mt-1 text-danger text-sm">
          {error}
        </p>
      ))}
    </fieldset>
  )
}
