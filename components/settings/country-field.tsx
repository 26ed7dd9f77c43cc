'use client'

import { useId } from 'react'
import { inputClass } from '../ui/text-field'

type CountryFieldProps = {
  countries: { code: string; name: string }[]
  /** The code of the chosen one. */
  chosen: string
  errors?: string[]
  disabled?: boolean
}

/** In which country a workspace's phone numbers are that have no country code. */
export function CountryField({ countries, chosen, errors, disabled }: CountryFieldProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium text-sm">
        Country
      </label>
      <select
        // React resets what it posts by itself, and a select to its very first default.
        key={chosen}
        id={id}
        name="default_country"
        defaultValue={chosen}
        disabled={disabled}
        className={inputClass}
        aria-invalid={errors ? true : undefined}
        aria-describedby={`${id}-help`}
      >
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
      {errors?.map((error) => (
        <p key={error} role="alert" className="mt-1 text-danger text-sm">
          {error}
        </p>
      ))}
      <p id={`${id}-help`} className="mt-1 text-muted text-sm">
        Phone numbers without a country code are read as numbers of this country.
      </p>
    </div>
  )
}
